def best_epoch(dev_losses: list[float], patience: int) -> int:
    """The epoch whose model early stopping keeps, counted from 0.

    dev_losses: the loss on the dev set after each epoch, at least one. patience: at least 1.
    """
    raise NotImplementedError
