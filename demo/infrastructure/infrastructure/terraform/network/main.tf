terraform {
  required_providers {
    object = {
      source  = "gitops-actions/object"
      version = "1.0.0"
    }
  }

  backend "s3" {
    bucket                      = "acme-terraform"
    key                         = "network.tfstate"
    region                      = "us-east-1"
    use_lockfile                = true
    use_path_style              = true # this line and the next two are for the emulator
    skip_credentials_validation = true
    skip_requesting_account_id  = true
  }
}

variable "path" {
  type = string
}

resource "object_file" "firewall" {
  path = var.path
  settings = {
    inbound  = "443"
    outbound = "all"
  }
}
