/** Templates with function URLs by hand, as small as a story allows. */

export interface UrlParts {
  readonly url?: object;
  readonly fn?: object;
  readonly others?: Record<string, object>;
  /** Which permissions there are; default: both that AuthType NONE needs. */
  readonly actions?: string[];
}

export const LISTED = {
  AllowOrigins: ['https://app.example.com', 'https://admin.example.com'],
  AllowMethods: ['GET', 'PUT'],
  AllowHeaders: ['Content-Type'],
};

/** `cors` is the property of the URL; `undefined`: none. */
export function functionUrl(cors: object | undefined, { url = {}, fn = {}, others = {}, actions }: UrlParts = {}): any {
  const permissions = actions ?? ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];
  return {
    Resources: {
      Work: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { S3Bucket: 'b', S3Key: 'k' }, ...fn },
      },
      Url: {
        Type: 'AWS::Lambda::Url',
        Properties: {
          TargetFunctionArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
          AuthType: 'NONE',
          ...(cors && { Cors: cors }),
          ...url,
        },
      },
      ...Object.fromEntries(
        permissions.map((Action, index) => [
          `Permission${index}`,
          {
            Type: 'AWS::Lambda::Permission',
            Properties: { Action, FunctionName: { Ref: 'Work' }, Principal: '*' },
          },
        ]),
      ),
      ...others,
    },
  };
}

export function constantly(status: number): object {
  return { Code: { ZipFile: `exports.handler = async () => ({ statusCode: ${status} });` } };
}

export function policy(given: object): object {
  return { Environment: { Variables: { CORS_POLICY: JSON.stringify(given) } } };
}
