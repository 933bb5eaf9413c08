#!/bin/sh
# Makes the secrets that compose.yaml hands to the containers, once; what is there stays. Files of
# another user's (the images run as 10001 and 999) must be readable for those: the folder is not.
set -eu
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 700 secrets
random() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }
[ -s secrets/database-password ] || random >secrets/database-password
[ -s secrets/operator-token ] || { printf tgo_; random; } >secrets/operator-token
[ -s secrets/master-key ] || random >secrets/master-key
chmod 444 secrets/*
