/**
 * Property tests draw from one fixed seed, so that a change is judged by the same examples as the last one.
 * `FC_SEED=random npm test` (or a number) looks further; what it finds belongs into a regression file beside the test.
 */
import { configureGlobal } from "fast-check";

const wish = process.env["FC_SEED"];
if (wish !== "random") configureGlobal({ seed: wish === undefined ? 20_261_122 : Number(wish) });
