"""A shop with its portal: the database is filled, and each part has its address."""

from payframe.widget.config import Config

from ..portal.provision import provision, webhook_url
from ..store.database import Store
from .app import Addresses
from .seed import seed


def set_up(
    store: Store, config: Config, port: int, action_uri: str | None = None, scheme: str = "http"
) -> Addresses:
    """Fill the database for the handlers of payframe.toml, and say where everything will be.

    `action_uri` is the page that is shown in a frame, by default the widget beside the shop.
    """
    seller, service = f"{scheme}://localhost:{port}", f"{scheme}://127.0.0.1:{port}"
    seed(store, config, action_uri or f"{service}/widget/", f"{service}/gateway")
    with store.write() as session:
        provision(session)
    return Addresses(seller, service, webhook_url(store, seller))
