package provider

import (
	"strings"
	"testing"
)

func TestPatternsThatTheGatewayRefusesAreRefusedInThePlan(t *testing.T) {
	for _, good := range []string{"*", "chat:*", "chat-*:log", "chat", "a:*:b", "räume:*", strings.Repeat("a", 255), ":"} {
		if fault := patternFault(good); fault != "" {
			t.Errorf("%q is refused: %s", good, fault)
		}
	}
	for _, bad := range []string{"", "a*b", "**", "*a", "chat:*x:b", "a\x00", "a\u0085", strings.Repeat("a", 256)} {
		if patternFault(bad) == "" {
			t.Errorf("%q is let through", bad)
		}
	}
}

func TestURLsThatNoGatewayCallsAreRefusedInThePlan(t *testing.T) {
	for _, good := range []string{
		"https://hooks.acme.example", "https://hooks.acme.example/tidegate?a=b", "https://hooks.acme.example:8443/x",
		"https://hooks.acme.example:443/", "http://127.0.0.1:9000/hook", "http://[::1]:9000/", "HTTPS://hooks.acme.example",
	} {
		if fault := webhookURLFault(good); fault != "" {
			t.Errorf("%q is refused: %s", good, fault)
		}
	}
	for _, bad := range []string{
		"", "hooks.acme.example", "ftp://hooks.acme.example", "https://ada:secret@hooks.acme.example", "https://",
		"https://hooks.acme.example/#part", "https://hooks.acme.example/#", "https://hooks.acme.example:22/",
		"https://hooks.acme.example:80/", "https://hooks.acme.example:70000/", "https://hooks.acme.example/ä",
		"https://hooks.acme.example/a b", "https://a/" + strings.Repeat("a", 2048),
	} {
		fault := webhookURLFault(bad)
		if fault == "" {
			t.Errorf("%q is let through", bad)
		}
		if strings.Contains(fault, "secret") {
			t.Errorf("the refusal of %q shows the password: %s", bad, fault)
		}
	}
}
