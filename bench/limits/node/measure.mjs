// Decisions a second of rate-limiter-flexible, in memory or with Redis: measure.mjs memory|redis
// SECONDS KEYS [REDIS_PORT]. Prints one line of JSON.
import Redis from "ioredis";
import {RateLimiterMemory, RateLimiterRedis} from "rate-limiter-flexible";

const [kind, seconds, keys, port] = process.argv.slice(2);
const client = kind === "redis" ? new Redis({port: Number(port), enableAutoPipelining: true}) : undefined;
const limits = {points: 100, duration: 1, keyPrefix: "peer"};
const limiter = client ? new RateLimiterRedis({...limits, storeClient: client}) : new RateLimiterMemory(limits);

let decisions = 0;
const begun = performance.now();
const end = begun + Number(seconds) * 1000;

async function ask() {
  while (performance.now() < end) {
    try {
      await limiter.consume(`10.0.${Math.floor(Math.random() * Number(keys))}`);
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
    }
    decisions += 1;
  }
}

// With Redis many must be under way at once, or only the way there and back is measured.
await Promise.all(Array.from({length: client ? 256 : 1}, ask));
const took = (performance.now() - begun) / 1000;
console.log(JSON.stringify({decisions_per_s: Math.round(decisions / took)}));
process.exit(0);
