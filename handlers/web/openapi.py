"""The description of the HTTP interface (OpenAPI 3.1), made from the models that parse it."""

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from casework.files import LARGEST_FILE
from handlers.web import models

REF = "#/components/schemas/{model}"
TAKEN = (
    models.BeginSession,
    models.UseInvitation,
    models.AskSecret,
    models.GiveCode,
    models.SayText,
    models.PressButton,
    models.SharePlace,
)
GIVEN = (models.Token, models.FactorSecret, models.RoleBegun, models.Accepted, models.Messages, models.Error)
SECURED: list[dict[str, list[str]]] = [{"bearer": []}]


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REF.format(model=model.__name__)}


def _json(*any_of: type[BaseModel]) -> dict[str, Any]:
    schema: dict[str, Any] = _ref(any_of[0]) if len(any_of) == 1 else {"anyOf": [_ref(model) for model in any_of]}
    return {"application/json": {"schema": schema}}


def _takes(*any_of: type[BaseModel]) -> dict[str, Any]:
    return {"required": True, "content": _json(*any_of)}


def _gives(what: str, *any_of: type[BaseModel]) -> dict[str, Any]:
    return {"description": what, "content": _json(*any_of)} if any_of else {"description": what}


WHY = {
    400: "Not JSON or no form.",
    401: "No session, or it has ended.",
    403: "Not allowed: a wrong code, a session that may only enrol, a request that is not our page's.",
    404: "There is no such file for this session.",
    408: "The line was silent for too long.",
    409: "The second factor's secret was told before, or none is needed.",
    413: "Too large.",
    415: "Another content type is wanted.",
    422: "Unknown keys, or values that cannot be.",
    429: "Too often; Retry-After says when again.",
    503: "The database is away; nothing was kept. Send it again after Retry-After.",
}


def _refuses(*statuses: int) -> dict[str, Any]:
    return {str(status): _gives(WHY[status], models.Error) for status in (*statuses, 503)}


def _number(name: str, what: str, most: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 0, "maximum": most, "default": 0}
    return {"name": name, "in": "query", "description": what, "schema": schema}


AFTER = _number("after", "The number of the last message that is known.", 999_999_999)
WAIT = _number("wait", "Seconds to wait while there is nothing new.", 30)
LAST = {
    "name": "Last-Event-ID",
    "in": "header",
    "description": "Sent by browsers that come back; counts like `after`.",
    "schema": {"type": "string"},
}
FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "description": f"Photos, PDFs or recordings, up to {LARGEST_FILE // 1024 // 1024} MB each. One that"
            " cannot be taken is refused alone, by its name, in the answer; all of them: in an error.",
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "format": "binary"},
        },
        "caption": {"type": "string"},
        "id": {"type": "string", "pattern": r"^[\x21-\x7e]{1,64}$"},
    },
}

SESSION = {
    "post": {
        "operationId": "begin",
        "summary": "Begin a session, or use an invitation up. Sets the cookie too.",
        "security": [],
        "requestBody": _takes(models.BeginSession, models.UseInvitation),
        "responses": {"200": _gives("The session.", models.Token), **_refuses(400, 403, 413, 415, 422, 429)},
    },
    "delete": {
        "operationId": "leave",
        "summary": "Leave this device: the session ends.",
        "responses": {"204": _gives("It is over."), **_refuses(401, 403)},
    },
}
FACTOR = {
    "post": {
        "operationId": "factor",
        "summary": "The second factor of staff: `{}` tells a new secret once, a code begins or renews the role.",
        "requestBody": _takes(models.GiveCode, models.AskSecret),
        "responses": {
            "200": _gives("The secret, or the role.", models.FactorSecret, models.RoleBegun),
            **_refuses(400, 401, 403, 409, 413, 415, 422, 429),
        },
    }
}
MESSAGES = {
    "post": {
        "operationId": "say",
        "summary": "Say something, press a button or share a place. A repeat with the same id is taken once.",
        "requestBody": _takes(models.SayText, models.PressButton, models.SharePlace),
        "responses": {"202": _gives("It is kept.", models.Accepted), **_refuses(400, 401, 403, 413, 415, 422, 429)},
    },
    "get": {
        "operationId": "messages",
        "summary": "What came after a number, in order; waits for it if asked to.",
        "parameters": [AFTER, WAIT],
        "responses": {"200": _gives("At most 200.", models.Messages), **_refuses(401, 403, 422, 429)},
    },
}
EVENTS = {
    "get": {
        "operationId": "events",
        "summary": "The same as server-sent events: each has its number as id and a message as data.",
        "parameters": [AFTER, LAST],
        "responses": {
            "200": {
                "description": "A stream of messages; comments keep it alive.",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            },
            **_refuses(401, 403, 422, 429),
        },
    }
}
SENDING = {
    "post": {
        "operationId": "sendFiles",
        "summary": "Send photos or papers. They are drawn anew; nothing but the picture is kept.",
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FORM}}},
        "responses": {
            "202": _gives("They are kept.", models.Accepted),
            **_refuses(400, 401, 403, 408, 413, 415, 422, 429),
        },
    }
}
PAGE = {
    "name": "page",
    "in": "query",
    "description": "A page of a photo or a paper, counted from 1, as a JPEG; X-Pages says of how many. 0: the whole.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
}
FILE = {
    "get": {
        "operationId": "file",
        "summary": "An attachment of the session's person.",
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[0-9]{1,18}$"}},
            PAGE,
        ],
        "responses": {
            "200": {"description": "The file.", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}},
            **_refuses(401, 403, 404, 422),
        },
    }
}
OPENAPI = {
    "get": {
        "operationId": "openapi",
        "summary": "This description.",
        "security": [],
        "responses": {"200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {}}}}},
    }
}


@cache
def described() -> dict[str, Any]:
    """The whole description."""
    taken = [(model, "validation") for model in TAKEN]
    given = [(model, "serialization") for model in GIVEN]
    _, schemas = models_json_schema([*taken, *given], ref_template=REF)  # type: ignore[list-item]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Zviazok",
            "version": "1",
            "description": "A conversation with the support centers for families of prisoners of war and the missing."
            " Begin a session, say something, read the thread. Every error has a stable code and words for a person.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": SECURED,
        "paths": {
            "/api/session": SESSION,
            "/api/session/factor": FACTOR,
            "/api/messages": MESSAGES,
            "/api/events": EVENTS,
            "/api/files": SENDING,
            "/api/files/{id}": FILE,
            "/api/openapi.json": OPENAPI,
        },
        "components": {
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of a session. A browser's cookie serves too; then what changes anything"
                    " needs the page's X-CSRF-Token.",
                }
            },
            "schemas": schemas["$defs"],
        },
    }
