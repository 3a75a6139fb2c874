using System.Text.Json;
using Sandbox.Journal;
using Sandbox.Scanner;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;

namespace Terminal.Tests.Checkout;

public sealed class StatusReportTests : IDisposable
{
    readonly ManualTime time = new();
    readonly RecordedLinks links = new();
    readonly MemoryJournal journal = new();
    readonly Inbox inbox = new();
    readonly CheckoutLoop loop;
    readonly StatusReport report;
    FieldCode? fault;

    public StatusReportTests()
    {
        var clock = new Clock(time);
        loop = new(new Desk(Policy.Default).Next, new Ledger(journal), new(links, links), clock);
        report = new(loop, clock, () => [("ecr", "line up: /dev/x")], inbox)
        {
            Fault = () => fault,
            Patience = TimeSpan.FromMinutes(1), // Only a test that fails waits for it.
        };
    }

    public void Dispose() => journal.Dispose();

    [Fact]
    public void An_idle_terminal_says_so()
    {
        var status = report.Answer(["status"]);

        Assert.Contains("lane: idle\n", status);
        Assert.Contains("ecr: line up: /dev/x\n", status);
        Assert.Contains("unresolved: 0\n", status);
    }

    [Fact]
    public void Inputs_that_found_no_room_are_told()
    {
        Assert.DoesNotContain("inputs dropped", report.Answer(["status"]));

        for (var i = 0; i < 2000; i++)
        {
            inbox.Wake();
        }

        Assert.Contains($"inputs dropped: {inbox.Dropped}, because too many came at once\n", report.Answer(["status"]));
        Assert.Contains($"\"inputsDropped\":{inbox.Dropped},", report.Answer(["status", "--json"]));
        Assert.InRange(inbox.Dropped, 1, 1999);
    }

    [Fact]
    public void An_unresolved_payment_is_told_with_its_age()
    {
        Pay();
        time.Advance(TimeSpan.FromSeconds(75));

        Assert.Contains("unresolved: 1, the oldest for 00:01:15\n", report.Answer(["status"]));
        Assert.Contains("\"oldestSeconds\":75,", report.Answer(["status", "--json"]));

        time.Advance(TimeSpan.FromDays(3));
        Assert.Contains("unresolved: 1, the oldest for 3 d 00:01:15\n", report.Answer(["status"]));
    }

    [Fact]
    public void The_worst_fault_is_told_with_its_next_step_to_people_and_to_programs()
    {
        fault = FieldCodes.NeedsPerson;

        Assert.Contains(
            "fault: P-404 A person must decide: Run: payments resolve\n", report.Answer(["status"]));
        Assert.Contains(
            """{"code":"P-404","meaning":"A person must decide","next":"Run: payments resolve"}""",
            report.Answer(["status", "--json"]));
        fault = null;
        Assert.DoesNotContain("fault", report.Answer(["status"]));
        Assert.Contains("\"fault\":null", report.Answer(["status", "--json"]));
    }

    [Fact]
    public void Programs_read_the_same_as_json()
    {
        Pay();

        using var json = JsonDocument.Parse(report.Answer(["status", "--json"]));

        var root = json.RootElement;
        Assert.Equal("paying", root.GetProperty("lane").GetString());
        Assert.Equal("line up: /dev/x", root.GetProperty("links").GetProperty("ecr").GetString());
        var payment = Assert.Single(root.GetProperty("payments").EnumerateArray());
        Assert.Equal(1250, payment.GetProperty("minor").GetInt64());
        Assert.True(payment.GetProperty("unresolved").GetBoolean());
    }

    [Fact]
    public async Task A_person_closes_an_unresolved_payment_and_is_told_so_once_that_is_durable()
    {
        PayToAnotherId();
        var id = links.LastPayment;

        var answer = Task.Run(() => report.Answer(["resolve", id.Value, "anna", "called the gateway"]));
        var input = await inbox.Reader.ReadAsync();
        Assert.Equal(new DeskInput.Happened(id, new PaymentInput.Resolved("anna", "called the gateway")), input);
        loop.Step(input);

        Assert.Equal($"payment {id}: closed by anna\n", await answer);
        Assert.Contains(journal.Read(1, 100), e => e.Kind == "resolved");
    }

    [Fact]
    public async Task A_held_approval_is_taken_back_not_closed()
    {
        Pay();
        var id = links.LastPayment;
        loop.Step(new DeskInput.Happened(
            id, new PaymentInput.PayAnswered(new GatewayAnswer.Succeeded(id, "G1", new(1250, Currency.Eur)))));
        loop.Step(new DeskInput.Answered(id, EcrAnswer.LineDown));

        var answer = Task.Run(() => report.Answer(["resolve", id.Value, "anna", "goods are back"]));
        loop.Step(await inbox.Reader.ReadAsync());

        Assert.Equal($"payment {id}: taken back by anna, the money goes back\n", await answer);
    }

    [Fact]
    public void A_decision_that_is_not_durable_in_time_is_only_handed_over()
    {
        PayToAnotherId();
        var hasty = new StatusReport(loop, new(time), () => [], inbox) { Patience = TimeSpan.Zero };

        Assert.Contains("handed over", hasty.Answer(["resolve", links.LastPayment.Value, "anna", "called"]));
    }

    [Fact]
    public void Nobody_is_told_that_a_payment_is_closed_which_the_gateway_is_still_asked_about()
    {
        Pay();

        Assert.StartsWith("error: ", report.Answer(["resolve", links.LastPayment.Value, "anna", "too early"]));
        Assert.False(inbox.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData("resolve", "NOBODY", "anna", "")]
    [InlineData("dance")]
    public void What_cannot_be_done_is_an_error(params string[] words) =>
        Assert.StartsWith("error: ", report.Answer(words));

    void PayToAnotherId()
    {
        Pay();
        loop.Step(new DeskInput.Happened(
            links.LastPayment,
            new PaymentInput.PayAnswered(new GatewayAnswer.Succeeded(new("OTHER"), "G1", new(1250, Currency.Eur)))));
    }

    void Pay() => loop.Step(new Arrival.Instructed(
        new(1250, Currency.Eur), Codes.Of("281234567890123456", "f1", new Clock(time).Now)));
}
