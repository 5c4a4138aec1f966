/** The methods that payframe.toml offers, in its order. The build writes this module. */

import type { CreateMethod } from "./view/method.ts";

declare const methods: Readonly<Record<string, CreateMethod>>;
export default methods;
