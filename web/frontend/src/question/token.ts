// The token that proves to the site that a request comes from its own page.

let token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";

export function csrfToken(): string {
  return token;
}

/** After a new login elsewhere the site sends a fresh one with its refusal. */
export function renewToken(fresh: unknown): boolean {
  if (typeof fresh !== "string" || fresh === token) return false;
  token = fresh;
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=csrf_token]")) field.value = fresh;
  return true;
}
