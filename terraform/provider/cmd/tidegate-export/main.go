// tidegate-export writes an existing tenant as a configuration with import blocks:
//
//	TIDEGATE_TOKEN=... tidegate-export --endpoint https://gateway.example.com --tenant ID --out DIR
//
// It only reads. The token comes from the environment, so that it is in no process list and no shell history.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/export"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/provider"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tidegate-export:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, env func(string) string, out, usage io.Writer) error {
	flags := flag.NewFlagSet("tidegate-export", flag.ContinueOnError)
	flags.SetOutput(usage)
	endpoint := flags.String("endpoint", env(provider.EnvEndpoint), "the gateway's `address`; else "+provider.EnvEndpoint)
	tenantID := flags.String("tenant", "", "the `id` of the tenant")
	folder := flags.String("out", "", "the `folder` to write to; made if it is not there")
	force := flags.Bool("force", false, "replace files of an earlier export")
	flags.Usage = func() {
		fmt.Fprintln(usage, "Writes a tenant as HCL with import blocks. The token is read from "+provider.EnvToken+": an operator token, or a control\ntoken of the tenant with the role developer or above.")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("%q is too much; see --help", flags.Arg(0))
	case *endpoint == "":
		return errors.New("--endpoint or " + provider.EnvEndpoint + " is missing")
	case *tenantID == "":
		return errors.New("--tenant is missing")
	case *folder == "":
		return errors.New("--out is missing")
	case env(provider.EnvToken) == "":
		return errors.New(provider.EnvToken + " is missing: a token is taken from the environment only")
	}
	c, err := client.New(client.Options{Endpoint: *endpoint, Token: env(provider.EnvToken), UserAgent: "tidegate-export"})
	if err != nil {
		return err
	}
	tenant, err := export.Read(ctx, c, *tenantID)
	if err != nil {
		return err
	}
	files := export.Files(tenant, c.Endpoint(), provider.Address)
	if err := write(*folder, files, *force); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s\nNext: tofu -chdir=%s init && tofu -chdir=%s plan\n", export.Summary(tenant), *folder, *folder)
	return nil
}

// write refuses to replace what is there unless it may: a configuration is somebody's work.
func write(folder string, files map[string][]byte, force bool) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if !force {
		for name := range files {
			if _, err := os.Lstat(filepath.Join(folder, name)); err == nil {
				return fmt.Errorf("%s is there already; name another folder, or --force", filepath.Join(folder, name))
			}
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
