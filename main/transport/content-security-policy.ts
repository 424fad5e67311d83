/** react-aria adds one style element for its buttons (usePress); its hash spares us 'unsafe-inline'. */
const pressableStyle = 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='

/**
 * The one policy of both shells: everything the page runs or shows comes from its own origin.
 * `connect` adds the WebSocket addresses of the telephone gateway, e.g. `wss://pbx.example:8089`.
 */
export function contentSecurityPolicy(more: { connect?: readonly string[] } = {}): string {
  const connect = ["'self'", ...(more.connect ?? []).filter(isSocketOrigin)]
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' '${pressableStyle}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self'",
    `connect-src ${connect.join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** A setting may not smuggle a second directive or a wildcard into the policy. */
const isSocketOrigin = (address: string) => /^wss?:\/\/[a-z0-9.-]+(:\d{1,5})?$/i.test(address)

/** Headers for every page and file of either shell. */
export function securityHeaders(more: { connect?: readonly string[] } = {}): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(more),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy':
      'microphone=(self), hid=(self), speaker-selection=(self), camera=(), geolocation=()',
  }
}
