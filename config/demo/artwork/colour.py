"""Colours as the stylesheet writes them (oklch), as bytes for Pillow."""

import math

Rgb = tuple[int, int, int]
_FINE = 0.0005
_LINEAR_BELOW = 0.0031308


def oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    """The nearest sRGB colour; too strong a chroma is eased until the screen can show it."""
    red, green, blue = (_gamma(channel) for channel in _shown(lightness, chroma, hue))
    return red, green, blue


def _shown(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    channels = _linear(lightness, chroma, hue)
    low, high = 0.0, chroma
    while high - low > _FINE:
        if all(0 <= channel <= 1 for channel in channels):
            low = chroma
        else:
            high = chroma
        chroma = (low + high) / 2
        channels = _linear(lightness, chroma, hue)
    return channels


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _gamma(channel: float) -> int:
    value = min(max(channel, 0.0), 1.0)
    curved = 12.92 * value if value <= _LINEAR_BELOW else 1.055 * value ** (1 / 2.4) - 0.055
    return round(255 * curved)
