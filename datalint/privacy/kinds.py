"""Display names for the kinds of secrets that gitleaks' rules find."""

from __future__ import annotations

from typing import Final

#: Rules whose names do not make a good display name.
_KINDS: Final = {
    "aws-access-token": "AWS access key",
    "aws-amazon-bedrock-api-key-long-lived": "Amazon Bedrock API key",
    "cloudflare-origin-ca-key": "Cloudflare origin CA key",
    "github-fine-grained-pat": "GitHub fine-grained personal access token",
    "github-oauth": "GitHub OAuth token",
    "gitlab-pat-routable": "GitLab personal access token",
    "gitlab-runner-authentication-token-routable": "GitLab runner authentication token",
    "microsoft-teams-webhook": "Microsoft Teams webhook",
    "sendinblue-api-token": "Brevo API token",
    "sentry-org-token": "Sentry organization token",
    "stripe-access-token": "Stripe key",
}
#: Words whose spelling is not just a capital first letter.
_SPELLED: Final = {
    "1password": "1Password",
    "api": "API",
    "cicd": "CI/CD",
    "clickhouse": "ClickHouse",
    "digitalocean": "DigitalOcean",
    "easypost": "EasyPost",
    "flyio": "Fly.io",
    "frameio": "Frame.io",
    "gcp": "Google",
    "github": "GitHub",
    "gitlab": "GitLab",
    "hashicorp": "HashiCorp",
    "huggingface": "Hugging Face",
    "id": "ID",
    "intra42": "Intra 42",
    "maxmind": "MaxMind",
    "npm": "npm",
    "oauth": "OAuth",
    "openai": "OpenAI",
    "openshift": "OpenShift",
    "pat": "personal access token",
    "planetscale": "PlanetScale",
    "ptt": "pipeline trigger token",
    "pypi": "PyPI",
    "readme": "ReadMe",
    "relic": "Relic",
    "rrt": "runner registration token",
    "rubygems": "RubyGems",
    "scim": "SCIM",
    "sendgrid": "SendGrid",
    "settlemint": "SettleMint",
    "tf": "Terraform",
    "url": "URL",
    "v2": "",
}


def kind(name: str) -> str:
    """Return the display name of the kind of secret that the rule ``name`` finds."""
    words = [_SPELLED.get(word, word if number else word.capitalize()) for number, word in enumerate(name.split("-"))]
    return _KINDS.get(name) or " ".join(filter(None, words))
