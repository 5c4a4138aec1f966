"""What a report must not show of the shop's messages."""

from payframe.harness.check.secret import without_secrets

from payframe.testing import Message

KEY = "0f3a5c7e" * 4


def test_the_key_to_the_order_is_in_no_report() -> None:
    url = f"https://shop.example/checkout/?orderId=7&access={KEY}&paymentId=15"
    message = Message(
        to="frame",
        data={"shop_key": "s3cret-value", "BX_SYSTEM_PARAMS": {"RETURN_URL": url, "SUM": "100"}},
        origin="https://shop.example",
        time=0.0,
        own=True,
    )
    shown = without_secrets(message).data
    assert KEY not in str(shown)
    assert "s3cret-value" not in str(shown)
    assert shown["BX_SYSTEM_PARAMS"]["RETURN_URL"].endswith("access=•••&paymentId=15")
    assert shown["BX_SYSTEM_PARAMS"]["SUM"] == "100"
