"""Three looks with one calm accent: dark, light and high contrast."""

from __future__ import annotations

from textual.theme import Theme

THEMES = (
    Theme(
        name="dusk",
        primary="#6cb6c9",
        secondary="#8fa3b8",
        accent="#6cb6c9",
        foreground="#d7dee6",
        background="#14191f",
        surface="#1a2129",
        panel="#232c36",
        success="#8cc48c",
        warning="#dfb668",
        error="#e58b84",
        variables={
            "footer-key-foreground": "#6cb6c9",
            "footer-background": "#1a2129",
            "input-selection-background": "#6cb6c9 35%",
            "input-cursor-background": "#d7dee6",
            "border-blurred": "#232c36",
        },
    ),
    Theme(
        name="paper",
        primary="#0b6478",
        secondary="#4a5a6a",
        accent="#0b6478",
        foreground="#1c242c",
        background="#fafaf7",
        surface="#f1f1ec",
        panel="#e4e5df",
        success="#2b6e34",
        warning="#855400",
        error="#a3271f",
        dark=False,
        variables={
            "footer-key-foreground": "#0b6478",
            "footer-background": "#f1f1ec",
            "input-selection-background": "#0b6478 25%",
        },
    ),
    Theme(
        name="contrast",
        primary="#ffff00",
        secondary="#ffffff",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#262626",
        success="#00ff66",
        warning="#ffd700",
        error="#ff9d94",
        text_alpha=1.0,
        variables={
            "text-muted": "#ffffff",
            "footer-key-foreground": "#ffff00",
            "footer-description-foreground": "#ffffff",
            "footer-background": "#000000",
        },
    ),
)
NAMES = tuple(theme.name for theme in THEMES)


def after(name: str) -> str:
    """The look that follows `name` when the key is pressed."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]
