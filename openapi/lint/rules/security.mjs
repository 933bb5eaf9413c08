import { isManagement, operations } from "./document.mjs";

/**
 * Who may call a route is said beside it: by a role where the control plane's credentials hold, else
 * by a security of its own (none is `[]`) with the operation that a capability must grant. What asks
 * for a credential documents 401.
 */
export function security(document) {
  return operations(document)
    .filter((one) => !isManagement(one))
    .flatMap(({ operation, path }) => {
      const own = operation.security;
      const asked = own ?? document.security ?? [];
      const control = asked.some((one) => ["operatorToken", "controlToken", "session"].some((name) => name in one));
      const unknown = asked.flatMap(Object.keys).filter((name) => !document.components?.securitySchemes?.[name]);
      return [
        own === undefined && !operation["x-tidegate-role"] && "says neither security nor x-tidegate-role",
        asked.length > 0 && !control && !operation["x-tidegate-operation"] && "does not say its x-tidegate-operation",
        asked.length > 0 && !operation.responses?.["401"] && "asks for a credential and documents no 401",
        unknown.length > 0 && `names no scheme of components: ${unknown.join(", ")}`,
      ]
        .filter(Boolean)
        .map((message) => ({ message, path }));
    });
}
