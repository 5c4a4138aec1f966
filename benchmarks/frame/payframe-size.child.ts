// The widget's own sizing, and nothing else of it.
import { listenToSeller } from "../../widget/src/seller.ts";
import { reportSize } from "../../widget/src/size.ts";

const seller = listenToSeller([], { message: () => true, stranger() {} });
reportSize(document.querySelector("main")!, "height", seller.postSize);
