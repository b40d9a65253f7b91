import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  StringConcat,
  Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The constructs that a value refers to, however deep inside of functions such as `Fn.select` the
 * references stand.
 */
export function referencedIn(value: unknown, scope: IConstruct): IConstruct[] {
  const found = new ReferenceCollector();
  Tokenization.resolve(value, { scope, resolver: found, preparing: false });
  return found.targets;
}

class ReferenceCollector extends DefaultTokenResolver {
  public readonly targets: IConstruct[] = [];

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) return super.resolveToken(token, context, postProcessor);
    this.targets.push(token.target);
    return '';
  }
}
