import type { Language } from '../model/authoring';

/** The options of a policy that a call has to name; undefined ones are left to their defaults. */
interface CallOptions {
  readonly allowOrigins: string[];
  /** Beyond those that are allowed anyway. */
  readonly allowHeaders?: string[];
  readonly allowCredentials?: boolean;
}

/** How to put a policy on `api`, in the language of the app. */
export function callOf(language: Language, options: CallOptions): string {
  const { allowOrigins, allowHeaders, allowCredentials } = options;
  const list = (items: string[]) => items.map((item) => JSON.stringify(item)).join(', ');
  switch (language) {
    case 'python': {
      const headers = allowHeaders && `allow_headers=[*CorsHeaders.DEFAULT, ${list(allowHeaders)}]`;
      const all = [`allow_origins=[${list(allowOrigins)}]`, headers, allowCredentials && 'allow_credentials=True'];
      return `EnableCors.on(api, ${joined(all)})`;
    }
    case 'java': {
      const headers = allowHeaders && `.allowHeaders(List.of(${list(allowHeaders)}, …CorsHeaders.DEFAULT))`;
      const all = [
        `.allowOrigins(List.of(${list(allowOrigins)}))`,
        headers,
        allowCredentials && '.allowCredentials(true)',
      ];
      return `EnableCors.on(api, EnableCorsOptions.builder()${all.filter(Boolean).join('')}.build())`;
    }
    case 'csharp': {
      const headers = allowHeaders && `AllowHeaders = [..CorsHeaders.DEFAULT, ${list(allowHeaders)}]`;
      const all = [`AllowOrigins = [${list(allowOrigins)}]`, headers, allowCredentials && 'AllowCredentials = true'];
      return `EnableCors.On(api, new EnableCorsOptions { ${joined(all)} })`;
    }
    case 'go': {
      const headers = allowHeaders && `AllowHeaders: jsii.Strings(${list(allowHeaders)})`;
      const all = [
        `AllowOrigins: jsii.Strings(${list(allowOrigins)})`,
        headers,
        allowCredentials && 'AllowCredentials: jsii.Bool(true)',
      ];
      return `EnableCors_On(api, &EnableCorsOptions{ ${joined(all)} })`;
    }
    default: {
      const headers = allowHeaders && `allowHeaders: [...CorsHeaders.DEFAULT, ${list(allowHeaders)}]`;
      const all = [`allowOrigins: [${list(allowOrigins)}]`, headers, allowCredentials && 'allowCredentials: true'];
      return `addCors(api, { ${joined(all)} })`;
    }
  }
}

function joined(parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(', ');
}
