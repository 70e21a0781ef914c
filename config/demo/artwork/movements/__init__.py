"""Every exercise as it moves, by its slug; and "rest", the pause between two of them."""

from config.demo.artwork.movement import Movement
from config.demo.artwork.movements import cardio, core, ease, endurance, flow, strength

MOVEMENTS: dict[str, Movement] = {
    **strength.MOVEMENTS,
    **core.MOVEMENTS,
    **cardio.MOVEMENTS,
    **endurance.MOVEMENTS,
    **flow.MOVEMENTS,
    **ease.MOVEMENTS,
}
