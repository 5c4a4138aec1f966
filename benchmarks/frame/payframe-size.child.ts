// The widget's own sizing, and nothing else of it.
import { connectSeller } from "../../widget/src/seller.ts";
import { reportSize } from "../../widget/src/size.ts";

const seller = connectSeller([]);
seller.listen({ message: () => true, refused() {} });
reportSize(document.querySelector("main")!, "height", seller.postSize);
