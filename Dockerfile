# Frontdesk as an image: what requirements.lock names, our own folders, and nothing else.
#
#   docker build --tag frontdesk .
#   docker run --env-file frontdesk.env --volume frontdesk-data:/data \
#     --volume ./frontdesk.toml:/frontdesk/frontdesk.toml:ro frontdesk [COMMAND OF app.py]

FROM python:3.12-slim AS installed
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --only-binary :all: --requirement requirements.lock

FROM python:3.12-slim
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin frontdesk \
    && install --directory --owner frontdesk --group frontdesk --mode 0700 /data
COPY --from=installed /venv /venv
WORKDIR /frontdesk
COPY app.py checkup.py exchange.py frontdesk.py neighbours.py records.py relocating.py sandboxed.py stopping.py upkeep.py frontdesk.example.toml ./
COPY bot bot
COPY handlers handlers
COPY integrations integrations
COPY messages messages
COPY modals modals
COPY partners partners
COPY sandbox sandbox
COPY scheduler scheduler
COPY settings settings
COPY storage storage
COPY web web
COPY workflows workflows
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    FRONTDESK_HOST=0.0.0.0 PORT=8700 FRONTDESK_DATA=/data
VOLUME /data
EXPOSE 8700
USER frontdesk
# No shell and no init in between: app.py takes SIGTERM itself, and ends within 20 seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["python", "app.py"]
