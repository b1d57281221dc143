"""Which metrics fit which task; the first of each is what is recommended."""

from __future__ import annotations

METRICS: dict[str, tuple[str, ...]] = {
    "binary": (
        "roc_auc", "average_precision", "log_loss", "balanced_accuracy", "f1_macro", "accuracy",
    ),
    "multiclass": ("balanced_accuracy", "log_loss", "f1_macro", "accuracy"),
    "regression": ("rmse", "mae", "r2"),
}  # fmt: skip
RARE_POSITIVES = 0.1
"""Below this share of positives, average precision tells more than ROC AUC: it does not count the
many easy negatives (Saito and Rehmsmeier 2015)."""
DEAR_ALARMS = 5.0
"""From this many misses for one false alarm, the top of the list has to be right: average precision
weighs it most."""
