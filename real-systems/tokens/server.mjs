// A real OAuth 2.0 server with tokens of five seconds and refresh tokens that rotate, on a port that the system chooses.
import Provider from 'oidc-provider';
import http from 'node:http';

const probe = http.createServer().listen(0, '127.0.0.1', () => {
  const port = probe.address().port;
  probe.close(() => start(port));
});

function start(port) {
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: 'crm', client_secret: 'secret-of-the-test', grant_types: ['client_credentials'],
        redirect_uris: [], response_types: [],
      },
      {
        client_id: 'desk', client_secret: 'secret-of-the-test', grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['http://127.0.0.1/returned'], response_types: ['code'], application_type: 'native',
      },
    ],
    scopes: ['openid', 'offline_access', 'api:read'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (context, client) => client.grantTypeAllowed('refresh_token'),
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:crm',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'api:read', accessTokenFormat: 'jwt', accessTokenTTL: 5 }),
      },
    },
  });
  const granted = { client_credentials: 0, authorization_code: 0, refresh_token: 0, refused: 0 };
  provider.on('grant.success', (context) => { granted[context.oidc.params.grant_type]++; });
  provider.on('grant.error', () => { granted.refused++; });
  const handler = provider.callback();
  http.createServer((request, response) => {
    if (request.url === '/count') {
      response.end(JSON.stringify(granted));
    } else {
      handler(request, response);
    }
  }).listen(port, '127.0.0.1', () => console.log(`port ${port}`));
}
