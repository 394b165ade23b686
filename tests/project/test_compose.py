"""docker-compose.yml and Dockerfile, read as text: what they promise to an operator."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
ours = pytest.mark.parametrize("name", OURS)


def command(name: str) -> list[str]:
    """What the service runs; the image's own command where it names none."""
    given = OURS[name].get("command")
    if given is None:
        image = re.search(r"^CMD \[(.+?)\]", DOCKERFILE, re.MULTILINE | re.DOTALL)
        assert image
        return re.findall(r'"([^"]*)"', image[1])
    return [str(word) for word in given]


def test_there_are_postgres_valkey_a_migration_web_worker_and_beat() -> None:
    assert set(SERVICES) == {"postgres", "valkey", "migrate", "web", "worker", "beat"}
    assert set(OURS) == {"migrate", "web", "worker", "beat"}


@ours
def test_ours_run_without_root_on_a_read_only_disk(name: str) -> None:
    service = OURS[name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_everything_that_stays_has_a_health_check_and_is_started_again(name: str) -> None:
    service = SERVICES[name]
    if name == "migrate":
        assert service["restart"] == "no"
        assert service["healthcheck"] == {"disable": True}
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
        assert service["healthcheck"]["retries"] > 0


def test_there_is_exactly_one_beat_and_any_number_of_workers() -> None:
    beats = [name for name in OURS if "beat" in command(name)]
    assert beats == ["beat"]
    assert SERVICES["beat"]["deploy"] == {"replicas": 1}
    assert "-B" not in COMPOSE
    for service in SERVICES.values():
        assert "container_name" not in service
        assert "hostname" not in service


def test_only_the_web_server_is_published_and_by_default_to_this_machine_alone() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    assert SERVICES["web"]["ports"] == ["${PORT:-127.0.0.1:8000}:8000"]
    for name in ("postgres", "valkey"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_secrets_come_from_the_environment_and_are_required() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD|DATABASE_URL", name):
                assert re.search(r"\$\{(SECRET_KEY|POSTGRES_PASSWORD):\?", value), name
    assert not re.search(r"(ENV|ARG).*(SECRET|PASSWORD)", DOCKERFILE)


@ours
def test_ours_wait_for_what_they_need(name: str) -> None:
    needed = {other: why["condition"] for other, why in OURS[name]["depends_on"].items()}
    assert needed["postgres"] == "service_healthy"
    if name != "migrate":
        assert needed == {
            "postgres": "service_healthy",
            "valkey": "service_healthy",
            "migrate": "service_completed_successfully",
        }


def test_the_web_server_is_not_started_again_for_what_is_wrong_elsewhere() -> None:
    asked = SERVICES["web"]["healthcheck"]["test"][-1]
    assert "/healthz" in asked
    assert "/readyz" not in asked


def test_requests_are_counted_where_the_disk_can_be_written() -> None:
    folder = re.search(r"^ENV METRICS_DIR=(\S+)$", DOCKERFILE, re.MULTILINE)
    assert folder
    assert [folder[1].startswith(f"{place}/") for place in OURS["web"]["tmpfs"]] == [True]
    # What was made while the image was built belongs to another user.
    assert DOCKERFILE.index("collectstatic") < folder.start()


def test_data_is_kept_in_named_volumes() -> None:
    assert yaml.safe_load(COMPOSE)["volumes"].keys() == {"postgres", "valkey"}
    for name in ("postgres", "valkey"):
        assert SERVICES[name]["volumes"][0].startswith(f"{name}:/")


@ours
def test_the_commands_exist(name: str) -> None:
    words = command(name)
    if words[:2] == ["python", "manage.py"]:
        assert (ROOT / "claims" / "management" / "commands" / f"{words[2]}.py").exists()
    elif words[0] == "celery":
        assert words[1:3] == ["--app", "project"]
        assert words[3] == name
    else:
        assert words[:2] == ["gunicorn", "project.wsgi"]


def test_every_setting_of_ours_that_is_passed_on_is_read_by_the_settings() -> None:
    settings = (ROOT / "project" / "settings.py").read_text(encoding="utf-8")
    for name in OURS["web"]["environment"]:
        assert f'"{name}"' in settings, name


def test_the_image_runs_as_the_user_that_compose_names() -> None:
    user = re.search(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert user
    assert OURS["web"]["user"].split(":")[0] == user[1]
    assert "EXPOSE 8000" in DOCKERFILE


def test_the_image_leaves_out_what_is_local() -> None:
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "var", ".env"} <= set(left_out)
