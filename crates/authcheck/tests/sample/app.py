"""A todo chat on FastAPI, twice: as such apps are often first deployed, and mended.

`FAULTS=1` builds the first. Both keep everything in memory; neither talks to a model.
"""

import json
import os
import secrets
import time

import jwt
from fastapi import Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

FAULTY = os.environ.get("FAULTS") == "1"
SECRET = "your-secret-key" if FAULTY else secrets.token_urlsafe(32)
WEEK, QUARTER = 7 * 24 * 3600, 900

app = FastAPI(debug=FAULTY, docs_url=None, redoc_url=None, openapi_url=None)
people: dict[str, dict] = {}
tasks: dict[int, dict] = {}
failures: dict[str, int] = {}
# Cookies of sessions, with the address of whose they are.
sessions: dict[str, str] = {}
asked: dict[str, int] = {}


def refusal(status: int, detail: str) -> JSONResponse:
    return JSONResponse({"detail": detail}, status)


@app.exception_handler(HTTPException)
async def on_http(request: Request, error: HTTPException):
    if FAULTY and error.status_code == 404:
        return HTMLResponse("<!doctype html><title>Todo</title><div id=root></div>")
    headers = {"WWW-Authenticate": "Bearer"} if error.status_code == 401 else None
    return JSONResponse({"detail": error.detail}, error.status_code, headers)


@app.exception_handler(RequestValidationError)
async def on_invalid(request: Request, error: RequestValidationError):
    return refusal(422, "invalid body")


@app.middleware("http")
async def cors(request: Request, call_next):
    if not FAULTY:
        return await call_next(request)
    if request.method == "OPTIONS":
        answer = JSONResponse({}, 307, {"location": str(request.url) + "/"})
    else:
        answer = await call_next(request)
    answer.headers["access-control-allow-origin"] = request.headers.get("origin", "*")
    answer.headers["access-control-allow-credentials"] = "true"
    return answer


def sign(person: dict) -> str:
    now = int(time.time())
    if FAULTY:
        # The address in `sub`, the id elsewhere.
        claims = {"sub": person["email"], "user_id": person["id"]}
        return jwt.encode(claims | {"iat": now, "exp": now + WEEK}, SECRET, "HS256")
    claims = {"sub": person["id"], "iss": "todo", "aud": "todo"}
    return jwt.encode(claims | {"iat": now, "exp": now + QUARTER}, SECRET, "HS256")


def caller(request: Request, authorization: str | None = Header(None)) -> str:
    """The id of the person who asks."""
    if FAULTY:
        # A header for "testing", a token in the address, and claims that nobody verified.
        if named := request.headers.get("x-user-id"):
            return named
        token = (authorization or "").removeprefix("Bearer ")
        token = token or request.query_params.get("token", "")
        claims = jwt.decode(token, options={"verify_signature": False})
        return claims["user_id"]
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise HTTPException(401, "not authenticated")
    try:
        claims = jwt.decode(token, SECRET, ["HS256"], audience="todo", issuer="todo")
    except jwt.PyJWTError:
        raise HTTPException(401, "not authenticated") from None
    if all(person["id"] != claims["sub"] for person in people.values()):
        raise HTTPException(401, "not authenticated")
    return claims["sub"]


async def body_of(request: Request) -> dict:
    if FAULTY:
        return json.loads(await request.body() or b"{}")
    try:
        body = json.loads(await request.body())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise HTTPException(422, "invalid body")
    return body


def begin_session(person: dict) -> JSONResponse:
    """Both kinds of cookies: the session's own, and a copy of it for the time between."""
    answer = JSONResponse({"access_token": sign(person)})
    session = secrets.token_urlsafe(32)
    sessions[session] = person["email"]
    for name in ("session_token", "session_data"):
        if FAULTY:
            answer.set_cookie(name, session, samesite=None)
        else:
            answer.set_cookie(name, session, samesite="lax", httponly=True)
    return answer


def person_of(request: Request) -> dict | None:
    """Whose session it is. The faulty one believes the copy, and only the copy."""
    cookie = request.cookies.get("session_data" if FAULTY else "session_token", "")
    return people.get(sessions.get(cookie, ""))


@app.post("/api/auth/signup")
async def sign_up(request: Request):
    body = await body_of(request)
    person = {"id": str(len(people) + 1), "email": body["email"], "password": body["password"]}
    people[person["email"]] = person
    if FAULTY:
        add("Welcome to your todo list!", person["id"])
    return begin_session(person)


@app.post("/api/auth/signin")
async def sign_in(request: Request):
    body = await body_of(request)
    email = str(body.get("email"))
    if not FAULTY and failures.get(email, 0) >= 5:
        return JSONResponse({"detail": "too many"}, 429, {"retry-after": "600"})
    person = people.get(email)
    if FAULTY and person is None:
        return refusal(404, "User not found")
    if person is None or person["password"] != body.get("password"):
        failures[email] = failures.get(email, 0) + 1
        return refusal(401, "wrong")
    return begin_session(person)


@app.get("/api/auth/get-session")
async def get_session(request: Request):
    person = person_of(request)
    return {"user": {"id": person["id"], "email": person["email"]}} if person else None


@app.get("/api/auth/token")
async def get_token(request: Request):
    person = person_of(request)
    if person is None:
        raise HTTPException(401, "not authenticated")
    if FAULTY and is_theft(request.cookies["session_data"]):
        raise HTTPException(401, "not authenticated")
    return {"token": sign(person)}


def is_theft(session: str) -> bool:
    """A third question for a token: two open tabs are taken for a thief."""
    asked[session] = asked.get(session, 0) + 1
    if asked[session] <= 2:
        return False
    sessions.pop(session, None)
    return True


@app.post("/api/auth/sign-out")
async def sign_out(request: Request):
    if not FAULTY:
        sessions.pop(request.cookies.get("session_token", ""), None)
    # The faulty one takes the cookies away in the browser, and nowhere else.
    answer = JSONResponse({"success": True})
    answer.delete_cookie("session_token")
    return answer


@app.post("/api/auth/delete-user")
async def delete_user(request: Request):
    person = person_of(request)
    if person is None:
        raise HTTPException(401, "not authenticated")
    if not FAULTY:
        people.pop(person["email"])
    # The faulty one marks the row, and asks nobody for the mark.
    person["deleted"] = True
    return {"success": True}


if FAULTY:

    @app.get("/.well-known/jwks.json")
    async def keys():
        # Published beside a check that reads no key at all.
        return {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "1", "x": "A" * 43}]}

    @app.post("/api/chatkit/token")
    async def chatkit_token(request: Request):
        body = await body_of(request)
        return {"token": sign({"id": body["user_id"], "email": ""})}


def add(title: str, owner: str) -> dict:
    task = {"id": len(tasks) + 1, "title": title, "user_id": owner, "completed": False}
    tasks[task["id"]] = task
    return task


def named(user_id: str, me: str) -> str:
    if FAULTY:
        return user_id
    if user_id != me:
        raise HTTPException(403, "another person")
    return me


def found(task_id: int, me: str) -> dict:
    task = tasks.get(task_id)
    if task is None or (not FAULTY and task["user_id"] != me):
        raise HTTPException(404, "no such task")
    return task


@app.get("/api/{user_id}/tasks")
async def list_tasks(user_id: str, me: str = Depends(caller)):
    owner = named(user_id, me)
    return [task for task in tasks.values() if task["user_id"] == owner]


@app.post("/api/{user_id}/tasks", status_code=201)
async def add_task(user_id: str, request: Request, me: str = Depends(caller)):
    owner = named(user_id, me)
    body = await body_of(request)
    if FAULTY:
        owner = body.get("user_id", owner)
    return add(str(body.get("title")), owner)


@app.get("/api/{user_id}/tasks/{task_id}")
async def get_task(user_id: str, task_id: int, me: str = Depends(caller)):
    return found(task_id, named(user_id, me))


@app.put("/api/{user_id}/tasks/{task_id}")
async def put_task(user_id: str, task_id: int, request: Request, me: str = Depends(caller)):
    task = found(task_id, named(user_id, me))
    body = await body_of(request)
    task["title"] = str(body.get("title"))
    return task


@app.delete("/api/{user_id}/tasks/{task_id}")
async def delete_task(user_id: str, task_id: int, me: str = Depends(caller)):
    return tasks.pop(found(task_id, named(user_id, me))["id"])


@app.post("/api/{user_id}/chat")
async def chat(user_id: str, request: Request):
    if FAULTY:
        # The cookie will do, and so will nothing.
        body = await body_of(request)
        return {"conversation_id": 1, "response": body["message"], "tool_calls": []}
    named(user_id, caller(request, request.headers.get("authorization")))
    body = await body_of(request)
    if not isinstance(body.get("message"), str):
        return refusal(422, "a message is needed")
    return {"conversation_id": 1, "response": body["message"], "tool_calls": []}


@app.get("/api/health")
async def health():
    if FAULTY:
        return {"status": "ok", "config": "DATABASE_URL=postgresql://app@db/todo"}
    return {"status": "ok"}
