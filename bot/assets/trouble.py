"""The library takes nothing: the admins are told, and what is handed in waits."""

from bot.desk import Desk
from bot.ports import Claimed
from bot.sending import post_once
from messages.problem import whisper


def tell(desk: Desk, claimed: Claimed) -> None:
    """Tell an admin why files cannot be kept."""
    trouble = str(claimed.parcel.payload["trouble"])
    post_once(
        desk,
        claimed,
        whisper(
            f"Files of assets cannot be kept: {trouble} Whatever is handed in waits for about a "
            "day and is kept as soon as that is mended; FRONTDESK_LIBRARY says where."
        ),
    )
