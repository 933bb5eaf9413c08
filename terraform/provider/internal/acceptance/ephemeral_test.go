package acceptance

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"tidegate.io/tidegate/terraform/gatewaytest"
)

// withEcho is a configuration with a provider that copies what no state holds into one, which only tests want.
func withEcho(g *gatewaytest.Gateway, body string) string {
	return strings.Replace(config(g, body), "required_providers {", "required_providers {\n    echo = { source = \"tidegate.io/tidegate/echo\" }", 1)
}

func TestAnEphemeralKeyEndsWithItsRun(t *testing.T) {
	g := shared(t)
	with := maps.Clone(factories)
	with["echo"] = echoprovider.NewProviderServer()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: with,
		Steps: []resource.TestStep{{
			Config: withEcho(g, app(`name = "production"`, `cascade = true`)+`
ephemeral "tidegate_api_key" "run" {
  app_id       = tidegate_app.production.id
  capabilities = { "*" = ["publish"] }
}
provider "echo" { data = ephemeral.tidegate_api_key.run.key_name }
resource "echo" "key" {}
`),
			// The echo keeps what it was created with, the key's name of that run.
			Check: func(s *terraform.State) error {
				name := s.RootModule().Resources["echo.key"].Primary.Attributes["data"]
				app := s.RootModule().Resources["tidegate_app.production"].Primary.ID
				for _, key := range g.All(t, "/v1/apps/"+app+"/keys") {
					if key["revokedAt"] == nil {
						return fmt.Errorf("%v is good after its run", key["keyName"])
					}
					if key["keyName"] == name {
						return nil
					}
				}
				return fmt.Errorf("the gateway never had the key %q", name)
			},
		}},
	})
}

func TestAnEphemeralChannelTokenOpensWhatItsKeyMay(t *testing.T) {
	g := shared(t)
	with := maps.Clone(factories)
	with["echo"] = echoprovider.NewProviderServer()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: with,
		Steps: []resource.TestStep{{
			Config: withEcho(g, in("tidegate_api_key", "backend", `name = "backend"`, `capabilities = { "chat:*" = ["publish", "admin"] }`)+`
ephemeral "tidegate_channel_token" "client" {
  key          = tidegate_api_key.backend.key
  client_id    = "grace"
  capabilities = { "*" = ["publish"] }
  ttl_seconds  = 300
}
provider "echo" { data = ephemeral.tidegate_channel_token.client.token }
resource "echo" "token" {}
`),
			Check: func(s *terraform.State) error {
				token := s.RootModule().Resources["echo.token"].Primary.Attributes["data"]
				for channel, want := range map[string]int{"chat:1": http.StatusCreated, "news": http.StatusForbidden} {
					answer := g.CallWithToken(t, token, http.MethodPost, "/v1/channels/"+channel+"/messages", map[string]any{"data": "hello"})
					if answer.Status != want {
						return fmt.Errorf("publishing to %s with the token: %d %v, want %d", channel, answer.Status, answer.Body, want)
					}
				}
				return nil
			},
		}},
	})
}
