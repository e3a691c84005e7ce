"""The order of the questions within each tutorial, as its sheet goes through its subject."""

from __future__ import annotations

QUESTIONS_IN_ORDER = {
    "comp0087/pytorch_intro": (
        *("weighted_dot", "weighted_dot_gradients", "chain_rule", "shared_product", "my_exp", "forward_difference"),
        *("central_difference", "why_central_difference", "gradients_agree", "gradient_descent_step", "linear_module"),
        *("count_parameters", "least_squares", "logistic_loss", "hinge_loss", "binary_cross_entropy", "loss_surface"),
        *("sgd_step", "adagrad_step", "rmsprop_step", "adadelta_step", "adam_step", "train", "accuracy"),
        *("underfit_or_overfit", "best_epoch", "train_dev_test_split", "why_set_a_seed", "grid_search"),
        *("random_search", "grid_or_random", "lstm_cell"),
    ),
    "comp90051/workshop6": (
        *("tensor_order", "basic_operations", "requires_grad_flags", "static_or_dynamic", "dynamic_graph"),
        *("two_layer_network", "mean_squared_error", "two_layer_gradients", "sign", "perceptron_step"),
        *("perceptron_train", "perceptron_predict", "perceptron_classifier", "logistic_regression"),
    ),
    "cs5242/tutorial2": (
        *("make_inputs", "make_true_parameters", "make_targets", "init_parameters", "linear_forward", "squared_error"),
        *("loss_gradients", "repeated_backward", "repeated_backward_zeroed", "fit_linear_regression", "binarize"),
        *("logistic_loss", "fit_logistic_regression", "why_not_recovered"),
    ),
    "infr10086/tutorial3": (
        *("tensor_add", "sample_gaussian", "neg_log_likelihood", "explain_matrix_norm", "nll_graph", "nll_gradient"),
        *("squared_distance_term", "gaussian_mle_mean", "fit_gaussian_mean", "is_it_stochastic"),
        *("where_is_the_step_size", "forgetting_zero_grad", "does_it_find_the_optimum", "probability", "log_loss"),
        *("indicator_cross_entropy", "identity_of_losses", "cross_entropy_sum", "loss_of_class_zero"),
        *("why_the_loss_is_zero", "two_class_log_loss", "same_as_by_hand", "softmax_probability", "make_linear"),
        *("different_every_time", "what_are_the_parameters", "linear_or_affine", "linearity_gap"),
        *("linear_layer_loss", "gradient_without_zeroing", "train_linear", "graph_nodes"),
    ),
}


def in_order(tutorial: str, question_ids: list[str]) -> list[str]:
    """Those that the sheet names, in its order; then the others by name."""
    places = {name: place for place, name in enumerate(QUESTIONS_IN_ORDER.get(tutorial, ()))}
    return sorted(question_ids, key=lambda each: (places.get(each.rpartition("/")[2], len(places)), each))
