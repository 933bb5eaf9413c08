// Package acceptance tries the provider with a real OpenTofu binary against real gateways. `make test-terraform` runs
// it: TF_ACC=1, TF_ACC_TERRAFORM_PATH, TF_ACC_PROVIDER_HOST=tidegate.io and TF_ACC_PROVIDER_NAMESPACE=tidegate are
// set, and without TF_ACC every test is skipped.
package acceptance
