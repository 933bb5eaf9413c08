// generate writes docs/ anew: `go generate ./...` in the module's root.
package main

import (
	"context"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/docs"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/provider"
)

func main() {
	pages, err := docs.Pages(context.Background(), providerserver.NewProtocol6(provider.New("dev")())(), os.DirFS("examples"))
	if err != nil {
		log.Fatal(err)
	}
	if err := docs.Write("docs", pages); err != nil {
		log.Fatal(err)
	}
}
