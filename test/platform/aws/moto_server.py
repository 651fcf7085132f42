"""moto's server, with the gaps closed that real tools fall into. Each one says what AWS does there."""

import re
from copy import copy
from ipaddress import ip_network
from types import SimpleNamespace

from moto.autoscaling.exceptions import ValidationError
from moto.autoscaling.models import AutoScalingBackend, InstanceState
from moto.core.types import Base64EncodedString
from moto.ec2.models import vpcs
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.subnets import Subnet
from moto.ec2.responses.subnets import Subnets
from moto.elbv2 import models as elbv2
from moto.server import main


def warm_pool_of_a_missing_group() -> None:
    """AWS: ValidationError "AutoScalingGroup name not found"; moto: an internal error, which clients retry."""
    original = AutoScalingBackend.describe_warm_pool

    def describe_warm_pool(self, group_name):
        if group_name not in self.autoscaling_groups:
            raise ValidationError(f"AutoScalingGroup name not found - AutoScalingGroup: {group_name}")
        return original(self, group_name)

    AutoScalingBackend.describe_warm_pool = describe_warm_pool


def private_dns_names_of_subnets() -> None:
    """AWS remembers every private DNS name option of a subnet; moto knows only one of three."""
    original = Subnets.modify_subnet_attribute
    options = {
        "PrivateDnsHostnameTypeOnLaunch": "HostnameType",
        "EnableResourceNameDnsARecordOnLaunch.Value": "EnableResourceNameDnsARecord",
        "EnableResourceNameDnsAAAARecordOnLaunch.Value": "EnableResourceNameDnsAAAARecord",
    }

    def modify_subnet_attribute(self):
        subnet = self.ec2_backend.get_subnet(self._get_param("SubnetId"))
        for parameter, option in options.items():
            value = self._get_param(parameter)
            if value is not None:
                subnet.private_dns_name_options_on_launch[option] = value
        return original(self)

    Subnets.modify_subnet_attribute = modify_subnet_attribute


def user_data_of_later_template_versions() -> None:
    """moto reads the user data of version 1 only: no group can start instances from a later version."""
    original = LaunchTemplate.create_version

    def create_version(self, data, description):
        user_data = data.get("UserData")
        if isinstance(user_data, str):
            data = {**data, "UserData": Base64EncodedString(user_data)}
        return original(self, data, description)

    LaunchTemplate.create_version = create_version


def template_version_of_instances() -> None:
    """AWS says which version an instance was started from; moto the version that a new one would get."""
    started = InstanceState.__init__

    def __init__(self, *arguments, **named):
        started(self, *arguments, **named)
        group = self.auto_scaling_group
        template = group.ec2_launch_template
        # An instance is told again by the state that is made for it when it leaves the group.
        if template is not None and not hasattr(self.instance, "started_from"):
            version = template.get_version(group.launch_template_version)
            self.instance.started_from = {
                "LaunchTemplateId": template.id,
                "LaunchTemplateName": template.name,
                "Version": version.number,
            }

    InstanceState.__init__ = __init__
    InstanceState.launch_template = property(lambda self: getattr(self.instance, "started_from", None))


def rules_without_ports() -> None:
    """AWS takes ports only for protocols that have some (IP in IP, which Calico uses, has none); moto insists on them."""
    original = SecurityGroupRule.__init__

    def __init__(self, ec2_backend, ip_protocol, group_id, from_port, to_port, *rest, **named):
        without = from_port is None and ip_protocol not in (None, "-1")
        original(self, ec2_backend, "-1" if without else ip_protocol, group_id, from_port, to_port, *rest, **named)
        if without:
            self.ip_protocol = str(ip_protocol)

    SecurityGroupRule.__init__ = __init__


def disks_of_the_host() -> None:
    """AWS: a block device with a virtual name is a disk of the host, no EBS volume; moto insists on a volume."""
    original = InstanceBackend._get_template_from_args

    def _get_template_from_args(self, launch_template_arg):
        version = original(self, launch_template_arg)
        devices = version.data.get("BlockDeviceMappings") or []
        volumes = [device for device in devices if "Ebs" in device]
        if len(volumes) == len(devices):
            return version
        version = copy(version)
        version.data = {**version.data, "BlockDeviceMappings": volumes}
        return version

    InstanceBackend._get_template_from_args = _get_template_from_args


def names_of_target_groups_with_two_hyphens() -> None:
    """AWS takes them, and kops makes them when it cuts a long name off right after a hyphen; moto refuses them."""

    def match(pattern, text):
        return re.match(pattern.replace("(?!.*--)", ""), text)

    elbv2.re = SimpleNamespace(match=match, search=re.search)


def ipv6_blocks() -> None:
    """AWS says that a subnet's block is "associated"; moto an object around that. AWS leaves out leading zeros."""

    def ipv6_cidr_block_association_set(self):
        return [
            {**one, "ipv6CidrBlockState": {"state": one["ipv6CidrBlockState"]["State"]}}
            for one in self.ipv6_cidr_block_associations.values()
            if one["ipv6CidrBlockState"]["State"] == "associated"
        ]

    Subnet.ipv6_cidr_block_association_set = property(ipv6_cidr_block_association_set)
    original = vpcs.random_ipv6_cidr
    vpcs.random_ipv6_cidr = lambda: str(ip_network(original()))


warm_pool_of_a_missing_group()
ipv6_blocks()
names_of_target_groups_with_two_hyphens()
disks_of_the_host()
rules_without_ports()
private_dns_names_of_subnets()
user_data_of_later_template_versions()
template_version_of_instances()
main()
