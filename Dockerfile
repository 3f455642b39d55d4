# The service in one image. Build: docker build -t zviazok .
FROM python:3.12-slim AS built
WORKDIR /app
# Only wheels that are in the lock by their hash: nothing is built here, and nothing unreviewed runs.
COPY requirements.txt .
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt \
 && /opt/venv/bin/pip uninstall --yes pip

FROM python:3.12-slim
# No shell, no home, no rights; it may write to its data and its key, which are two volumes and two backups.
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin zviazok \
 && install -d -o zviazok -g zviazok -m 700 /data /key
WORKDIR /app
COPY --from=built /opt/venv /opt/venv
COPY LICENSE NOTICE ./
COPY casework casework
COPY dialogs dialogs
COPY handlers handlers
COPY storage storage
COPY bot bot
COPY locales locales
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8080 DATA_DIR=/data ROOT_KEY_FILE=/key/root.key
USER zviazok
VOLUME ["/data", "/key"]
EXPOSE 8080
# Longer than the minute that the embedded PostgreSQL may take to stop is the orchestrator's to give (compose.yaml does).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/live', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
