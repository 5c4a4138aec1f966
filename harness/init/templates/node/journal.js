// A file of one JSON text a line: written before anything goes on, read when the server starts.
// It is for one process. For more of them, keep payments and attempts in a database.
import fs from "node:fs";
import path from "node:path";
import process from "node:process";

export class Journal {
  /** `take` is called with every entry, those of an earlier run first. */
  constructor(name, take) {
    const file = path.join(process.env.DATA ?? "data", name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : [];
    const torn = lines.pop() ?? ""; // the process died while it wrote: nothing went on from there
    if (torn) fs.truncateSync(file, fs.statSync(file).size - Buffer.byteLength(torn));
    for (const line of lines) take(JSON.parse(line));
    this.take = take;
    this.handle = fs.openSync(file, "a");
  }

  write(entry) {
    fs.writeSync(this.handle, `${JSON.stringify(entry)}\n`);
    fs.fsyncSync(this.handle);
    this.take(entry);
  }
}
