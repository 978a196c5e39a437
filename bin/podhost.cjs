#!/usr/bin/env node
'use strict';
const fs = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { bundleOf, runBundle, runWithPlaces } = require('./run-bundle.cjs');

const root = dirname(__dirname);
const isDebugging = Boolean(process.env.DEBUG);
const name = bundleOf(process.argv.slice(2), isDebugging);

if (fs.existsSync(join(root, 'lib'))) {
  require('../scripts/checkout-bundle.cjs').run(root, name, isDebugging);
} else {
  const file = join(root, 'build/bundle', `${name}.cjs`);
  const text = fs.readFileSync(file, 'latin1');
  if (isDebugging) {
    runWithPlaces({ file, text });
  } else {
    const modules = dirname(root);
    runBundle({ file, text }, join(basename(modules) === 'node_modules' ? modules : root, '.cache/cdk8s-podhost'));
  }
}
