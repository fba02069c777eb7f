// The peer of tests/bench/pouch.py. `node pouch.js FOLDER EVENTS`: keeps the events (a JSON array of documents) in a
// local database, replicates them to a server of its own process and prints how many milliseconds that took, and how many
// CPU seconds of both.
// FOLDER/node_modules holds pouchdb, express and express-pouchdb; nothing is read from the network.
"use strict";
const { fork } = require("child_process");
const { createRequire } = require("module");
const path = require("path");
const fs = require("fs");

const [folder, events, port] = process.argv.slice(2);
const fetched = createRequire(path.resolve(folder, "package.json"));
const PouchDB = fetched("pouchdb");
const BATCH = 1000;

function serve(data) {
  const Served = PouchDB.defaults({ prefix: data + path.sep });
  const app = fetched("express")();
  app.use("/", fetched("express-pouchdb")(Served, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: path.join(data, "log.txt") }));
  process.on("message", () => process.send(process.cpuUsage()));
  const listening = app.listen(0, "127.0.0.1", () => process.send(listening.address().port));
}

async function push(data) {
  const docs = JSON.parse(fs.readFileSync(events, "utf8"));
  const local = new PouchDB(path.join(data, "local"));
  for (let at = 0; at < docs.length; at += BATCH) await local.bulkDocs(docs.slice(at, at + BATCH));
  const server = fork(__filename, [folder, events, "serve"], { cwd: data });
  const remote = await new Promise((done) => server.once("message", done));
  const cpu = async () => {
    server.send("cpu");
    const there = await new Promise((done) => server.once("message", done));
    const here = process.cpuUsage();
    return (here.user + here.system + there.user + there.system) / 1e6;
  };
  const before = await cpu();
  const began = process.hrtime.bigint();
  const result = await local.replicate.to(`http://127.0.0.1:${remote}/events`, { batch_size: BATCH });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  const cpu_s = (await cpu()) - before;
  server.kill();
  if (result.docs_written !== docs.length) throw new Error(`written: ${result.docs_written}`);
  console.log(JSON.stringify({ ms, cpu_s, events: docs.length }));
  process.exit(0);
}

const data = path.dirname(path.resolve(events));
if (port === "serve") serve(data);
else push(data).catch((error) => { console.error(error); process.exit(1); });
