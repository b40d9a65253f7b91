import { cacheSettings } from '../../api-gateway/stage-cache';
import type { FoundResource } from '../template/all-resources';
import { isObject, objectOf } from '../template/cloudformation-template';
import type { JsonObject } from '../template/json';
import type { RestApiModel, StageCache } from './api-model';
import { isOpen, isTrue, mapOf, sharedVariables, textOf } from './properties';

/**
 * The stages that a template makes, by AWS::ApiGateway::Stage or by a Deployment with a StageName.
 */
export function readStages(parts: FoundResource[]): Pick<RestApiModel, 'stages' | 'stageVariables' | 'stageCaches'> {
  const stages = parts.flatMap(({ type, properties }) =>
    type === 'AWS::ApiGateway::Stage'
      ? [properties]
      : type === 'AWS::ApiGateway::Deployment'
        ? stageOfDeployment(properties)
        : [],
  );
  return {
    stages: stages.map(({ StageName }) => textOf(StageName)).filter(Boolean),
    stageVariables: sharedVariables(stages.flatMap(variants)),
    stageCaches: stages.flatMap(cacheOf),
  };
}

/**
 * A Deployment describes its stage in a property of its own,
 * with a setting for all methods beside those for each.
 */
function stageOfDeployment({ StageName, StageDescription, DeploymentCanarySettings }: JsonObject): JsonObject[] {
  if (StageName === undefined) return [];
  const described = objectOf(StageDescription);
  const forAll = { HttpMethod: '*', ResourcePath: '/*', CachingEnabled: described.CachingEnabled };
  const MethodSettings = [...(Array.isArray(described.MethodSettings) ? described.MethodSettings : []), forAll];
  return [{ CanarySetting: DeploymentCanarySettings, ...described, MethodSettings, StageName }];
}

/**
 * A stage with a canary has two sets of variables; which one a request meets is a matter of chance,
 * unless all of them go one way.
 */
function variants({ Variables, CanarySetting }: JsonObject): Map<string, string>[] {
  const own = mapOf(Variables);
  if (!isObject(CanarySetting)) return [own];
  const canary = new Map([...own, ...mapOf(CanarySetting.StageVariableOverrides)]);
  const percent = textOf(CanarySetting.PercentTraffic ?? 0);
  return Number(percent) === 100 ? [canary] : Number(percent) === 0 ? [own] : [own, canary];
}

function cacheOf({ StageName, CacheClusterEnabled, MethodSettings }: JsonObject): StageCache[] {
  if (!isTrue(CacheClusterEnabled) && !isOpen(CacheClusterEnabled)) return [];
  return [{ stage: textOf(StageName), settings: cacheSettings(MethodSettings) }];
}
