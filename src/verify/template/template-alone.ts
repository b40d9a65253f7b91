import { readTemplate } from './cloudformation-template';
import type { Deployment } from './deployment';
import { includedFile } from './included-file';
import { TemplateScope } from './scope';
import { ALONE } from './surroundings';

/** A template that stands alone: text, an object, or what was read from `file`. */
export function templateAlone(source: any, deployment: Deployment, file?: string, notes: string[] = []): TemplateScope {
  const surroundings = {
    ...ALONE,
    templateFile: () => file,
    included: (_: TemplateScope, location: string) => includedFile(file, location),
  };
  return new TemplateScope(readTemplate(source, file, notes), '', surroundings, {}, deployment);
}
