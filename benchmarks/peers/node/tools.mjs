// The tools, for the one person whose token was verified.

import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { pool } from "./identity.mjs";

const title = z.string().trim().min(1).max(200);
const limit = z.number().int().min(1).max(200);

export async function listTasks(user, most) {
  const { rows } = await pool.query(
    "select id, title, completed, created_at from task where user_id = $1 order by id limit $2",
    [user, most],
  );
  return rows;
}

async function addTasks(user, titles) {
  const { rows } = await pool.query(
    "insert into task (user_id, title) select $1, unnest($2::text[]) returning id, title, completed, created_at",
    [user, titles],
  );
  return rows;
}

function answer(tasks) {
  const structuredContent = { tasks: JSON.parse(JSON.stringify(tasks)) };
  return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
}

/** One server for one request: nothing is kept between two. */
export function server({ authInfo }) {
  const { user } = authInfo.extra;
  const mcp = new McpServer({ name: "tasks", version: "1.0.0" });
  mcp.registerTool(
    "list_tasks",
    { description: "The tasks, oldest first.", inputSchema: z.object({ limit: limit.default(100) }) },
    async (wanted) => answer(await listTasks(user, wanted.limit)),
  );
  mcp.registerTool(
    "add_tasks",
    { description: "Adds tasks.", inputSchema: z.object({ tasks: z.array(z.object({ title })).min(1).max(50) }) },
    async ({ tasks }) => answer(await addTasks(user, tasks.map((task) => task.title))),
  );
  return mcp;
}
