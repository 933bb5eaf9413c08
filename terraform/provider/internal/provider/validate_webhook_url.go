package provider

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// maxURLLength is the contract's bound of WebhookUrl.
const maxURLLength = 2048

// webhookURL refuses URLs that no gateway accepts. Whether http and private addresses are open is the gateway's own
// setting, so that is left to its answer (40054).
type webhookURL struct{}

// WebhookURL validates an absolute http(s) URL without user, password and fragment, on port 443 (80) or from 1024 on.
func WebhookURL() validator.String { return webhookURL{} }

func (webhookURL) Description(context.Context) string {
	return "an absolute URL without user and fragment, on the scheme's own port or one from 1024 on"
}

func (v webhookURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v webhookURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if fault := webhookURLFault(req.ConfigValue.ValueString()); fault != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid webhook URL", fault)
	}
}

// webhookURLFault says which rule a URL breaks, or nothing. It never repeats the URL: one with a password in it would
// be shown.
func webhookURLFault(text string) string {
	if text == "" || len(text) > maxURLLength {
		return "A URL has 1 to 2048 characters."
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r < '!' || r > '~' }) {
		return "A URL is ASCII without spaces; percent-encode it."
	}
	parsed, err := url.Parse(text)
	if err != nil {
		return "Not a URL: https://host/path."
	}
	ownPort := map[string]int{"https": 443, "http": 80}[strings.ToLower(parsed.Scheme)]
	switch {
	case ownPort == 0:
		return "The URL begins with https:// (or http://, where the gateway allows it)."
	case parsed.User != nil:
		return "No user and password in the URL: check the signature instead."
	case strings.Contains(text, "#"):
		return "No fragment (#...): it is never sent."
	case parsed.Hostname() == "":
		return "The URL has no host."
	}
	if parsed.Port() == "" {
		return ""
	}
	port, err := strconv.Atoi(parsed.Port())
	if err != nil || port > 65535 || port != ownPort && port < 1024 {
		return "The port is the scheme's own (443 for https, 80 for http) or from 1024 to 65535."
	}
	return ""
}
