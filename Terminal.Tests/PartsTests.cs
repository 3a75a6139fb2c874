namespace Terminal.Tests;

public sealed class PartsTests
{
    readonly List<string> said = [];

    [Fact]
    public void A_part_that_does_not_close_is_told_and_neither_stops_the_others_nor_covers_what_happened()
    {
        var e = Assert.Throws<InvalidOperationException>((Action)(() =>
        {
            using var parts = new Parts(said.Add);
            parts.Add(new Part(() => said.Add("first")));
            parts.Add(new Part(() => throw new IOException("the disk")));
            Assert.Null(parts.Add<Part?>(null));
            parts.Add(new Part(() => said.Add("last")));
            throw new InvalidOperationException("what happened");
        }));

        Assert.Equal("what happened", e.Message);
        Assert.Equal(["last", "Part did not close: the disk", "first"], said);
    }

    sealed class Part(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
