package acceptance

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/acceptance/tofu"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/provider"
	"tidegate.io/tidegate/terraform/gatewaytest"
)

// factories run the provider in this process; OpenTofu attaches to it.
var factories = map[string]func() (tfprotov6.ProviderServer, error){
	"tidegate": providerserver.NewProtocol6WithError(provider.New("acceptance")()),
}

// The gateway of all tests that do nothing to it. Written under its lock.
var common struct {
	sync.Mutex
	gateway *gatewaytest.Gateway
	err     error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if common.gateway != nil {
		if err := common.gateway.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	if err := tofu.RemoveMirror(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// accepted skips what is not an acceptance run.
func accepted(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("an acceptance test: TF_ACC is not set (`make test-terraform`)")
	}
}

// shared is a gateway that the test has to leave as it is, but for tenants of its own.
func shared(t *testing.T) *gatewaytest.Gateway {
	t.Helper()
	accepted(t)
	jar := gatewaytest.Jar(t)
	common.Lock()
	defer common.Unlock()
	if common.gateway == nil && common.err == nil {
		// Tests call it from one address, some of them with credentials that are no good.
		common.gateway, common.err = gatewaytest.Start(jar, map[string]string{"TIDEGATE_FAILED_AUTH_PER_MINUTE": "0"})
	}
	if common.err != nil {
		t.Fatal(common.err)
	}
	return common.gateway
}

// config is a configuration for that gateway.
func config(g *gatewaytest.Gateway, body string) string {
	return tofu.Required + fmt.Sprintf("provider \"tidegate\" {\n  endpoint = %q\n  token    = %q\n}\n", g.URL, g.Token) + body
}
