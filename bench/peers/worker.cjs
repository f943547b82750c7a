// The other end of evolution.py's pipe, for packages of npm: `node worker.cjs PACKAGE FOLDER`.
const { createInterface } = require("node:readline");
const { createRequire } = require("node:module");
const [name, folder] = process.argv.slice(2);
const peer = createRequire(`${folder}/`)(name);

const ask = {
  "json-schema-diff": async (writer, reader) =>
    !(await peer.diffSchemas({ sourceSchema: writer, destinationSchema: reader })).removalsFound,
  "json-schema-diff-validator": (writer, reader) => {
    try {
      peer.validateSchemaCompatibility(writer, reader);
      return true;
    } catch (error) {
      if (String(error.message).includes("breaking change")) return false;
      throw error;
    }
  },
}[name];

const spent = (started) => {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
};

console.log('"ready"');
(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const { writer, reader } = JSON.parse(line);
    const started = process.cpuUsage();
    let answer;
    try {
      answer = (await ask(writer, reader)) ? "yes" : "no";
    } catch (error) {
      answer = error.constructor.name;
    }
    console.log(JSON.stringify([answer, spent(started)]));
  }
})();
