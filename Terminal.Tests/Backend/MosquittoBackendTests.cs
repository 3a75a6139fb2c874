using Terminal.Backend;

namespace Terminal.Tests.Backend;

public sealed class MosquittoBackendTests : BackendContract
{
    protected override IBackend Make(BackendSettings settings, Action<BackendEvent> tell) =>
        new MosquittoBackend(settings, tell);
}

public sealed class MosquittoBackendTlsTests : BackendTlsContract
{
    protected override IBackend Make(BackendSettings settings, Action<BackendEvent> tell) =>
        new MosquittoBackend(settings, tell);
}
