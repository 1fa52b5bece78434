#!/usr/bin/env node
// Bundles src/ and the packages that it uses into dist/, and makes the command executable.
import { chmodSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
rmSync(dist, { recursive: true, force: true });
await bundle(dist);
chmodSync(`${dist}cli.js`, 0o755);
