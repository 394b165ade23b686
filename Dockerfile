# One image for web, worker and beat; docker-compose.yml says which it runs.
FROM python:3.13-slim AS libraries
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt \
    && /opt/venv/bin/pip uninstall --yes --quiet pip

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/app/var
RUN useradd --uid 10001 --home-dir /app --no-create-home --shell /usr/sbin/nologin claimline
COPY --from=libraries /opt/venv /opt/venv
WORKDIR /app
COPY . .
# The key is thrown away with this line; the one that counts comes from the environment.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex(32))')" \
    python manage.py collectstatic --noinput --verbosity 0 \
    && chmod -R a+rX /app
# Counted anew by each container, in memory.
ENV METRICS_DIR=/tmp/metrics
USER 10001
EXPOSE 8000
# /dev/shm: gunicorn's sign of life must not wait for a disk.
CMD ["gunicorn", "project.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
     "--threads", "4", "--preload", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
