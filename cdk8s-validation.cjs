'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** `cdk8s synth` loads plug-ins with require(), and this project is made of ES modules. */
exports.PodhostValidation = class {
  constructor(properties) {
    this.properties = properties;
  }

  async validate(context) {
    const { PodhostValidation } = await load();
    await new PodhostValidation(this.properties).validate(context);
  }
};

/** In a checkout what is there is the source. */
async function load() {
  const source = './lib/lint/cdk8s-validation.ts';
  if (!existsSync(join(__dirname, source))) {
    return import('./build/lib/lint/cdk8s-validation.js');
  }
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(source, __filename);
}
