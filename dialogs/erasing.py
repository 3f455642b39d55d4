"""How a receipt of an erasure is checked. The receipt itself is the answer to whoever asks to be erased."""

from casework.erasing import RECEIPT_DIGITS, CheckReceipt, ReceiptNumber
from casework.values import Unclear
from dialogs.questions import Typed
from dialogs.script import ask


def _number(text: str) -> ReceiptNumber | Unclear:
    digits = "".join(sign for sign in text if sign.isdecimal())
    if len(digits) != RECEIPT_DIGITS or not digits.isascii():
        return Unclear("unclear-receipt")
    return ReceiptNumber(digits)


RECEIPT = Typed(name="receipt-number", type=ReceiptNumber, example=ReceiptNumber("123456789012"), parser=_number)


async def receipt() -> CheckReceipt:
    """Was it done, and on which day?"""
    return CheckReceipt(await ask(RECEIPT))
