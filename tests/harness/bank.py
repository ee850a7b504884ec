"""The bank's side of a payment: signs the notice that money arrived."""

import base64
import time
import uuid

from tools.gate.rest import Json
from tools.gate.signing_keys import KeyPair, sign


def notice(key: KeyPair, invoice_id: str, amount_dong: int, *, reference: str = "", sign_time: int | None = None) -> Json:
    """The body of POST /v1/payments, signed as FeeService.ReceivePayment says."""
    now = int(time.time()) if sign_time is None else sign_time
    reference = reference or f"FT{uuid.uuid4().hex[:16].upper()}"
    lines = ["bordergate payment v1", key.key_id, reference, invoice_id, str(amount_dong), str(now), str(now)]
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    return {
        "bank_id": key.key_id,
        "bank_reference": reference,
        "invoice_id": invoice_id,
        "amount_dong": str(amount_dong),
        "book_time": stamp,
        "sign_time": stamp,
        "signature": base64.b64encode(sign(key, "\n".join(lines).encode())).decode(),
    }
