"""How the pictures of statements are drawn. Nothing of the service needs it; see "Pictures" in docs/authoring.md."""
