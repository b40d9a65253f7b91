/**
 * CloudFormation data, or an OpenAPI document in it. Once resolved, what only the deployment knows
 * stands in it as text with marks: see ../unknown.ts.
 */
export type Json = string | number | boolean | null | undefined | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}
