// A real OAuth 2.0 server with tokens of five seconds, on a port that the system chooses.
import Provider from 'oidc-provider';
import http from 'node:http';

const probe = http.createServer().listen(0, '127.0.0.1', () => {
  const port = probe.address().port;
  probe.close(() => start(port));
});

function start(port) {
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{
      client_id: 'crm', client_secret: 'secret-of-the-test', grant_types: ['client_credentials'],
      redirect_uris: [], response_types: [],
    }],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:crm',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'api:read', accessTokenFormat: 'jwt', accessTokenTTL: 5 }),
      },
    },
  });
  let tokens = 0;
  provider.on('grant.success', () => { tokens++; });
  const handler = provider.callback();
  http.createServer((request, response) => {
    if (request.url === '/count') {
      response.end(String(tokens));
    } else {
      handler(request, response);
    }
  }).listen(port, '127.0.0.1', () => console.log(`port ${port}`));
}
