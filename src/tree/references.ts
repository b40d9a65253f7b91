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
  return referencesOf(value, scope).targets;
}

/** These, and what is left of the value: with references that somebody wrote down by hand. */
export function referencesOf(value: unknown, scope: IConstruct): { targets: IConstruct[]; rest: unknown } {
  const found = new ReferenceCollector();
  const rest = Tokenization.resolve(value, { scope, resolver: found, preparing: false });
  return { targets: found.targets, rest };
}

/** Functions of CloudFormation stay to be looked into. */
class KeepingConcat extends StringConcat {
  public override join(left: any, right: any): any {
    const isText = typeof left !== 'object' && typeof right !== 'object';
    return isText ? super.join(left, right) : { 'Fn::Join': ['', [left, right]] };
  }
}

class ReferenceCollector extends DefaultTokenResolver {
  public readonly targets: IConstruct[] = [];

  public constructor() {
    super(new KeepingConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) return super.resolveToken(token, context, postProcessor);
    this.targets.push(token.target);
    return '';
  }
}
