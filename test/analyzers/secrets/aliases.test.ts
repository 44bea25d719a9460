/** A team's configuration may call our rules by the ids of Gitleaks' default: which of those ids lead to one. */
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { FINGERPRINT_KEY, listRuleFiles } from './support.ts';

const files = listRuleFiles().map(({ rules }) => rules);

/** Of Gitleaks 8.30. Without a counterpart are client ids, keys that are made to be public, and a file by its name alone. */
const KNOWN = `
  1password-secret-key 1password-service-account-token adafruit-api-key adobe-client-secret age-secret-key
  airtable-api-key airtable-personnal-access-token algolia-api-key alibaba-access-key-id alibaba-secret-key
  anthropic-admin-api-key anthropic-api-key artifactory-api-key artifactory-reference-token asana-client-secret
  atlassian-api-token authress-service-client-access-key aws-access-token aws-amazon-bedrock-api-key-long-lived
  aws-amazon-bedrock-api-key-short-lived azure-ad-client-secret beamer-api-token bitbucket-client-secret
  bittrex-access-key bittrex-secret-key cisco-meraki-api-key clickhouse-cloud-api-secret-key clojars-api-token
  cloudflare-api-key cloudflare-global-api-key cloudflare-origin-ca-key codecov-access-token cohere-api-token
  coinbase-access-token confluent-access-token confluent-secret-key contentful-delivery-api-token
  curl-auth-header curl-auth-user databricks-api-token datadog-access-token defined-networking-api-token
  digitalocean-access-token digitalocean-pat digitalocean-refresh-token discord-api-token discord-client-secret
  doppler-api-token droneci-access-token dropbox-api-token dropbox-long-lived-api-token
  dropbox-short-lived-api-token duffel-api-token dynatrace-api-token easypost-api-token easypost-test-api-token
  etsy-access-token facebook-access-token facebook-page-access-token facebook-secret fastly-api-token
  finicity-api-token finicity-client-secret finnhub-access-token flickr-access-token flutterwave-encryption-key
  flutterwave-secret-key flyio-access-token frameio-api-token freemius-secret-key freshbooks-access-token
  gcp-api-key generic-api-key github-app-token github-fine-grained-pat github-oauth github-pat
  github-refresh-token gitlab-cicd-job-token gitlab-deploy-token gitlab-feature-flag-client-token
  gitlab-feed-token gitlab-incoming-mail-token gitlab-kubernetes-agent-token gitlab-oauth-app-secret gitlab-pat
  gitlab-pat-routable gitlab-ptt gitlab-rrt gitlab-runner-authentication-token
  gitlab-runner-authentication-token-routable gitlab-scim-token gitlab-session-cookie gitter-access-token
  gocardless-api-token grafana-api-key grafana-cloud-api-token grafana-service-account-token harness-api-key
  hashicorp-tf-api-token hashicorp-tf-password heroku-api-key heroku-api-key-v2 hubspot-api-key huggingface-access-token
  huggingface-organization-api-token infracost-api-token intercom-api-key intra42-client-secret jfrog-api-key
  jfrog-identity-token jwt jwt-base64 kraken-access-token kubernetes-secret-yaml kucoin-access-token
  kucoin-secret-key launchdarkly-access-token linear-api-key linear-client-secret linkedin-client-secret
  lob-api-key looker-client-secret mailchimp-api-key mailgun-private-api-token mailgun-signing-key
  mattermost-access-token maxmind-license-key messagebird-api-token microsoft-teams-webhook netlify-access-token
  new-relic-insert-key new-relic-user-api-key notion-api-token npm-access-token nuget-config-password
  nytimes-access-token octopus-deploy-api-key okta-access-token openai-api-key openshift-user-token
  perplexity-api-key plaid-api-token plaid-secret-key planetscale-api-token planetscale-oauth-token
  planetscale-password postman-api-token prefect-api-token private-key privateai-api-token pulumi-api-token
  pypi-upload-token rapidapi-access-token readme-api-token rubygems-api-token scalingo-api-token
  sendbird-access-token sendgrid-api-token sendinblue-api-token sentry-access-token sentry-org-token
  sentry-user-token settlemint-application-access-token settlemint-personal-access-token
  settlemint-service-access-token shippo-api-token shopify-access-token shopify-custom-access-token
  shopify-private-app-access-token shopify-shared-secret sidekiq-secret sidekiq-sensitive-url slack-app-token
  slack-bot-token slack-config-access-token slack-config-refresh-token slack-legacy-bot-token slack-legacy-token
  slack-legacy-workspace-token slack-user-token slack-webhook-url snyk-api-token sonar-api-token
  sourcegraph-access-token square-access-token squarespace-access-token stripe-access-token
  sumologic-access-token telegram-bot-api-token travisci-access-token twilio-api-key twitch-api-token
  twitter-access-secret twitter-access-token twitter-api-key twitter-api-secret twitter-bearer-token
  typeform-api-token vault-batch-token vault-service-token yandex-access-token yandex-api-key
  yandex-aws-access-token zendesk-secret-key
`
  .trim()
  .split(/\s+/);

const tables = files.flatMap(({ text }) => (parse(text).rules ?? []) as { id: string; tags?: string[] }[]);
const ids = new Set(tables.map(({ id }) => id));
const aliases = tables.flatMap(({ tags = [] }) => tags.filter((tag) => tag.startsWith('alias:')));

describe("the ids of Gitleaks' default", () => {
  test('each lead to a rule of ours, by its id or an alias', () => {
    expect(KNOWN.filter((id) => !ids.has(id) && !aliases.includes(`alias:${id}`))).toEqual([]);
  });

  test('are understood in a file that disables them', async () => {
    // Of several ids that lead to one rule the first disables it.
    const first = tables.flatMap(({ tags = [] }) => tags.find((tag) => tag.startsWith('alias:'))?.slice(6) ?? []);
    const toml = `[extend]\nuseDefault = true\ndisabledRules = ${JSON.stringify([...new Set(first)])}`;
    const options = { fingerprintKey: FINGERPRINT_KEY };
    const { problems, rules } = await createSecretsAnalyzer(
      [...files, { path: '.gitleaks.toml', text: toml }],
      options,
    );
    expect(problems.map(({ message }) => message)).toEqual([]);
    const left = new Set(rules.map(({ id }) => id));
    const aliased = tables.filter(({ tags = [] }) => tags.some((tag) => tag.startsWith('alias:')));
    expect(aliased.filter(({ id }) => left.has(id))).toEqual([]);
    expect(left).toContain('wandb-api-key');
  });
});

test('no alias is a rule of ours, and none stands for an id that Gitleaks does not have', () => {
  const named = aliases.map((alias) => alias.slice('alias:'.length));
  expect(named.filter((id) => ids.has(id) || !KNOWN.includes(id))).toEqual([]);
});
